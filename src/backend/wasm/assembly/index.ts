// What the module of kernels exports. Every pointer is a byte offset into TensorFlow.js's own heap; the
// module has no data, no stack and no allocator of its own.
export { biasReluGradient } from "./bias_relu_gradient";
export { addRuns, runSums } from "./column_sums";
export { convolution } from "./convolution";
export { depthwise, depthwiseInputGradient } from "./depthwise";
export { depthwiseFilterGradient } from "./depthwise_filter";
export { clamp, maximum, minimum, prelu } from "./elementwise";
export { filterGradient } from "./filter_gradient";
export { matrixProduct } from "./matrix_product";
export { maxPoolGradient } from "./max_pool_gradient";
export { adamUpdate, momentumUpdate, sgdUpdate } from "./optimizer_updates";
export { packFilter, packRotatedFilter } from "./pack_filter";
export { maxPool3dGradient, maxPoolIndices, pool } from "./pool";
export { rootsOfSums, squareSums } from "./row_norms";
export { segmentSum } from "./segment_sum";
export { softmaxCrossEntropy, softmaxCrossEntropyGradient } from "./softmax_cross_entropy";
export { spreadPixels } from "./spread_pixels";
export { winograd } from "./winograd";
export { winogradFilter, winogradRotatedFilter } from "./winograd_filter";
export { winogradFilterGradient, winogradFilterGradientResult } from "./winograd_filter_gradient";

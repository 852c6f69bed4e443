// What the module of gradient kernels exports. Every pointer is a byte offset into TensorFlow.js's
// own heap; the module has no data, no stack and no allocator of its own.
export { filterGradient } from "./filter_gradient";
export { maxPoolGradient } from "./max_pool_gradient";
export { columnSums } from "./column_sums";
export { rotateFilter } from "./rotate_filter";

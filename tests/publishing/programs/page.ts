/** A page that imports all of it; bundled only, never run here. */

import * as tf from "@tensorflow/tfjs";
import * as connection from "@residual/connection";

Object.assign(globalThis, { tf, connection });

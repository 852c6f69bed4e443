/** What a page might import; bundled only, never run here. */

import * as tf from "@tensorflow/tfjs";
import { probe, residual, startBackend, train } from "@residual/connection";

Object.assign(globalThis, { tf, probe, residual, startBackend, train });

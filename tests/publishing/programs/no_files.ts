/** In place of the modules of Node that read MNIST's files, in a bundle for a page. */
export const fileURLToPath = undefined;
export const readFile = undefined;

/**
 * Stands in for `linkedom` in the page's bundle: a page has a document of its own.
 *
 * @module
 */

/** The browser's parser. */
export const DOMParser: typeof globalThis.DOMParser = globalThis.DOMParser;

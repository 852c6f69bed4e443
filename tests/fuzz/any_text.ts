import fc from "fast-check";

/**
 * Texts of any characters. They are fast-check's strings of the unit `binary`, which takes two seconds
 * to list all characters first.
 */
export const anyText: fc.Arbitrary<string> = fc.array(
  fc.nat(0x10ffff)
    .filter((code) => code < 0xd800 || code > 0xdfff) // halves of surrogate pairs
    .map((code) => String.fromCodePoint(code)),
).map((characters) => characters.join(""));

/** See node-package.mjs. */
export function nodePackageFor(
  platform: string,
  arch: string,
): { name: string; version: string; binary: string; needsScript: boolean }

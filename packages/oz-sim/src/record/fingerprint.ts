/**
 * A 64-bit fingerprint (FNV-1a) of a key, as 16 hexadecimal digits: equal keys have equal ones, and a key cannot be told
 * from its own. Not for anything but comparing; loading real cryptography would cost a third of the start-up time.
 */
export function fingerprint(key: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of Buffer.from(key)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}

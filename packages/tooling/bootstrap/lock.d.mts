/** See lock.mjs: the lock is held until what `work` returns has settled. */
export function withLock<T>(file: string, work: () => T): T

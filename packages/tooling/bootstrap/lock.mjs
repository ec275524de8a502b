import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { SetupError } from './error.mjs'

const staleAfterMs = 15 * 60_000
const pollMs = 100

/**
 * Runs `work` while this process alone holds the lock file, and waits for its turn if it must;
 * `work` may return a promise.
 * The file names its owner's process, so that a lock whose owner was killed does not block anyone.
 */
export function withLock(file, work) {
  take(file)
  const release = () => rmSync(file, { force: true })
  let result
  try {
    result = work()
  } catch (error) {
    release()
    throw error
  }
  if (typeof result?.finally === 'function') return result.finally(release)
  release()
  return result
}

function take(file) {
  let told = false
  for (;;) {
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw cannotWrite(file, error)
    }
    if (removeIfStale(file)) continue
    if (!told) console.error('Waiting for another command on this checkout to end …')
    told = true
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pollMs)
  }
}

function removeIfStale(file) {
  try {
    const owner = readFileSync(file, 'utf8')
    const ageMs = Date.now() - statSync(file).mtimeMs
    // A file without a number belongs to an owner that has not finished writing it.
    const dead = owner === '' ? ageMs > 5_000 : !isAlive(Number(owner))
    if (!dead && ageMs < staleAfterMs) return false
    const aside = `${file}.${process.pid}`
    renameSync(file, aside)
    // Between reading and renaming another waiter may have taken the lock: hand it back.
    if (readFileSync(aside, 'utf8') !== owner) linkSync(aside, file)
    rmSync(aside, { force: true })
    return true
  } catch (error) {
    // Somebody else has just released or removed it.
    if (error.code === 'ENOENT') return true
    throw cannotWrite(file, error)
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function cannotWrite(file, error) {
  return new SetupError(
    `Cannot write ${file}: ${error.message}`,
    'The set-up installs its tools into the checkout: make the checkout writable, or copy it to where it is.',
  )
}

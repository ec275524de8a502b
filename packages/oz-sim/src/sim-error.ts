/** The stand-in was set up wrongly (script, settings, install): printed as `oz-sim: …`, exit 1. */
export class SimError extends Error {
  override readonly name = 'SimError'
}

/** A set-up problem that its reader can repair: what is wrong, and what to do about it. */
export class SetupError extends Error {
  constructor(message, remedy) {
    super(message)
    this.remedy = remedy
  }
}

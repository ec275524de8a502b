/** The two halves of the action's step: one bundle, of which a run loads what its half needs. */
export const main = () => import('./run.ts')
export const post = () => import('./post.ts')

/** The plugin's two hooks: one bundle, of which each loads what it needs. */
export const command = () => import('./command.ts')
export const preExit = () => import('./pre-exit.ts')

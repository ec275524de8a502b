/**
 * The two halves of the action's step, in one bundle. The first stands in the file that Node starts with: each file
 * more would delay the agent.
 */
export { main } from '../main.ts'
export const post = () => import('../main.ts')

/** The state by which the post step finds what the main step left; arrives there as `STATE_…`. */
export const RECORD_STATE = 'oz_agent_record'

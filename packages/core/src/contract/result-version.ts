/** The version of `result.json`, apart from its schema: what only writes results need not load that. */
export const RESULT_VERSION = 1

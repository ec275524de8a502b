/** Loads `doctor`; a step that goes well never needs it, so that it costs the start of a step nothing. */
export const openDoctor = () => import('./doctor.ts')

import type { Script } from '../script/schema.ts'

const waiting = ['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS']

/** Managed runs, as `agent run-cloud` and then `run get` show them. */
export const cloud = {
  'cloud-succeeded': {
    description: 'Goes through every state and succeeds.',
    cloud: { states: [...waiting, 'SUCCEEDED'], printed: ['InProgress'] },
  },
  'cloud-failed': {
    description: 'Fails; run-cloud exits 0 all the same.',
    cloud: { states: [...waiting, 'FAILED'], printed: ['InProgress', 'Failed'], error: 'The agent gave up' },
  },
  'cloud-error': {
    description: 'Ends with an error of the service.',
    cloud: {
      states: [...waiting, 'ERROR'],
      printed: ['Error'],
      error: 'The environment could not be set up',
      run: {
        status_message: {
          message: 'The environment could not be set up',
          error_code: 'environment-setup-failed',
          retryable: true,
        },
      },
    },
  },
  'cloud-blocked': {
    description: 'Waits for a person.',
    cloud: { states: [...waiting, 'BLOCKED'], printed: ['InProgress', 'Blocked'] },
  },
  'cloud-cancelled': {
    description: 'Someone cancels it.',
    cloud: { states: [...waiting, 'CANCELLED'], printed: ['InProgress', 'Unknown'] },
  },
  'cloud-unknown': {
    description: 'Comes to a state that no published release has.',
    cloud: { states: ['QUEUED', 'HIBERNATED'], printed: ['Unknown'] },
  },
  'cloud-at-capacity': {
    description: 'Stays queued: no worker is free.',
    cloud: { states: ['QUEUED'], printed: [], notice: 'All workers are busy; the run is queued.' },
  },
} satisfies Record<string, Script>

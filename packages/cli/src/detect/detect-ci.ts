import type { Environment } from '@oz-agent/core'
import { azurePipelines } from './azure-pipelines.ts'
import { bitbucket } from './bitbucket.ts'
import { circleci } from './circleci.ts'
import type { Detector } from './detector.ts'
import { generic } from './generic.ts'
import { jenkins } from './jenkins.ts'
import { kubernetes } from './kubernetes.ts'

/** In this order: a CI may run its jobs in Kubernetes, so that the CI is asked first. */
const DETECTORS: readonly Detector[] = [jenkins, circleci, azurePipelines, bitbucket, kubernetes]

/** The CI that this command runs under, by its variables. Pure. */
export function detectCi(env: Environment): Detector {
  return DETECTORS.find((detector) => detector.detect(env)) ?? generic
}

import { INPUTS, spell } from '@oz-agent/core'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { actionManifest } from './contract-files.ts'

const manifest = parse(actionManifest('dist'))

test('the manifest declares every input that GitHub shows, as GitHub spells it', () => {
  expect(Object.keys(manifest.inputs)).toContain('saved_prompt')
  expect(Object.keys(manifest.inputs).length).toBeLessThanOrEqual(Object.keys(INPUTS).length)
})

test('no default of the manifest needs an expression, and each is text', () => {
  const defaults = Object.values<{ default?: unknown }>(manifest.inputs).flatMap((spec) => spec.default ?? [])
  expect(defaults.filter((value) => typeof value !== 'string')).toEqual([])
  expect(manifest.inputs[spell('ozVersion', 'snake')].default).toBe('latest')
})

test('the post step always runs, on the Node that the bundles are built for', () => {
  expect(manifest.runs).toEqual({
    using: 'node24',
    main: 'dist/main.js',
    post: 'dist/post.js',
    'post-if': 'always()',
  })
})

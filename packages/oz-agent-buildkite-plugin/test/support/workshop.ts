import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execaSync } from 'execa'

const PLUGIN = join(import.meta.dirname, '../..')
const PATH_IN_REPOSITORY = 'packages/oz-agent'
const SHIPPED = ['plugin.yml', 'hooks', 'shell', 'dist']

/** Where jobs of one suite are run: the plugin in repositories of its own, and a folder for each job. */
export interface Workshop {
  readonly folder: string
  /** References of the plugin as pipelines write them. */
  readonly references: Readonly<Record<PluginPlace, string>>
  /** A repository to build, with the plugin vendored in it. */
  readonly repository: string
  remove(): void
}
export type PluginPlace = 'sub-folder' | 'root' | 'vendored'

const IDENTITY = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']

/** Sockets of the agent stand below the folder, and their paths may only have about a hundred characters. */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync('/tmp/bk-')
  const monorepo = join(folder, 'mono.git')
  const single = join(folder, 'oz-agent-buildkite-plugin.git')
  const repository = join(folder, 'project')
  makeRepository(monorepo, (root) => copyPlugin(join(root, PATH_IN_REPOSITORY)))
  makeRepository(single, copyPlugin)
  makeRepository(repository, (root) => {
    copyPlugin(join(root, '.buildkite/plugins/oz-agent'))
    writeFileSync(join(root, 'greeting.txt'), 'hello\n')
    writeFileSync(join(root, 'prompt.md'), '- a prompt from a file\n')
    writeFileSync(join(root, 'check.sh'), '#!/bin/sh\necho "checking"\ntest -e repaired\n')
    const greeter = join(root, 'plugins/greeter-buildkite-plugin/hooks')
    mkdirSync(greeter, { recursive: true })
    writeFileSync(join(greeter, 'command'), '#!/usr/bin/env bash\necho "the greeter says hello"\n', {
      mode: 0o755,
    })
  })
  return {
    folder,
    references: {
      'sub-folder': `file://${monorepo}/${PATH_IN_REPOSITORY}#v1`,
      root: `file://${single}#v1`,
      vendored: './.buildkite/plugins/oz-agent',
    },
    repository,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function copyPlugin(target: string): void {
  for (const name of SHIPPED) cpSync(join(PLUGIN, name), join(target, name), { recursive: true })
}

function makeRepository(folder: string, fill: (root: string) => void): void {
  mkdirSync(dirname(folder), { recursive: true })
  mkdirSync(folder)
  fill(folder)
  const git = (...args: readonly string[]) => execaSync('git', [...IDENTITY, ...args], { cwd: folder })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all', '--force')
  git('commit', '--quiet', '--message', 'All of it')
  git('tag', 'v1')
}

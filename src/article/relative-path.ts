/** References to files beside the one that names them. */

/** Splits a reference before its query or its fragment. */
export function splitSuffix(reference: string): [string, string] {
  const at = reference.search(/[?#]/)
  return at < 0 ? [reference, ''] : [reference.slice(0, at), reference.slice(at)]
}

/**
 * Joins a reference to the path of the file that holds it; undefined where it leaves the folder.
 */
export function joinPath(file: string, path: string): string | undefined {
  const steps = file.split('/').slice(0, -1)
  for (const step of path.split('/')) {
    if (step === '..' && steps.pop() === undefined) return undefined
    if (step !== '' && step !== '.' && step !== '..') steps.push(step)
  }
  return steps.join('/')
}

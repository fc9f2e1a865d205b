/**
 * Verbs and options as they are declared: an option is a schema that says how it is given, and a verb
 * an object of them with what it does. `verbs.ts` lists the verbs, `main.ts` makes commands of both.
 */

import {
  type BaseIssue,
  boolean,
  type GenericSchema,
  getMetadata,
  type InferOutput,
  metadata,
  type ObjectSchema,
  optional,
  pipe,
  safeParse,
} from 'valibot'
import type { Outcome } from '../machine/outcome.ts'

/** How an option is given, and what help says of it. */
export type Flag = {
  /** `--days <number>`; a switch has no value. */
  readonly flags: string
  readonly purpose: string
  /** The environment variable that it is taken from if it is not given. */
  readonly env?: string
  /** The values that are possible, if they can be listed. */
  readonly choices?: readonly string[]
  /** True if it may be given several times: its value is the list of all. */
  readonly isRepeated?: true
}

/** Declares an option: how it is given, and which values it takes. */
export function option<S extends GenericSchema>(flag: Flag, schema: S) {
  return pipe(schema, metadata(flag))
}

/** Declares an option without a value. */
export function toggle(flags: string, purpose: string) {
  return option({ flags, purpose }, optional(boolean()))
}

/** Returns how an option is given; undefined if it is an argument. */
export function flagOf(schema: GenericSchema): Flag | undefined {
  const flag = getMetadata(schema)
  return 'flags' in flag ? (flag as Flag) : undefined
}

/** The options and arguments of a verb, under the names by which it knows them. */
type Options = ObjectSchema<Readonly<Record<string, GenericSchema>>, undefined>

type Ending = Outcome | undefined | Promise<Outcome | undefined>

/** Refuses a value that was given. */
export type Refuse = (issue: BaseIssue<unknown>) => never

export type Verb = {
  readonly options: Options
  /** Does what it is for, with what was given. */
  readonly run: (given: unknown, refuse: Refuse) => Ending
}

/** Declares a verb: it gets what its options make of what was given. */
export function verb<O extends Options>({
  run,
  ...declared
}: Omit<Verb, 'run'> & {
  readonly options: O
  readonly run: (options: InferOutput<O>) => Ending
}): Verb {
  return {
    ...declared,
    run(given, refuse) {
      const read = safeParse(declared.options, given)
      return read.success ? run(read.output) : refuse(read.issues[0])
    },
  }
}

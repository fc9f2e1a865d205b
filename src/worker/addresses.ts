/** The parts of addresses that are made of the registers, as patterns of routes take them. */

import { FOLDER_KINDS } from '../article/feed-kinds.ts'
import { FEED_TYPES, SINGLE_TYPES } from '../feed/feed-types.ts'

/** Characters of a query that is looked at. */
export const LONGEST_QUERY = 500

/** The address at which this location tells what it serves: it lies in no directory. */
export const HEALTH_ADDRESS = '/health'

export const ALL_TYPES = Object.values(FEED_TYPES)

/** The file of a feed document. */
export const FEED_FILE: string = ALL_TYPES.map(({ file }) => file.replace('.', '\\.')).join('|')

/** The address of an article in another form: that of its page, and the name of the format. */
export const FORM_ADDRESS = new RegExp(`^(.*)\\.(${Object.keys(SINGLE_TYPES).join('|')})$`)

/** The folder of a kind of feed, without its slashes. */
export const KIND: string = FOLDER_KINDS.join('|')

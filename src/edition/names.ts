/** The names of documents that are not addresses. */

/** What stands around an article's page and its documents. */
export const SHELL = '/articles/index.html'
export const FRONT_PAGE = '/index.html'

/**
 * Words of other systems: what Jekyll, Hugo, Zola, Astro, Eleventy, Docusaurus, Ghost and exports of
 * WordPress call the keys of an article, of its images and attachments, and of a site.
 */

/** Words for the keys of one form, each without case, hyphens and underscores. */
export type Vocabulary = {
  /** Words by the key that is meant. */
  readonly meant: Readonly<Record<string, string>>
  /** Remarks where the key alone does not say all. */
  readonly remarks?: Readonly<Record<string, string>>
  /** Keys that are no other key with the same value. */
  readonly advice?: Readonly<Record<string, (value: unknown) => string>>
  /** Keys that say something which is not said here at all. */
  readonly needless?: { readonly words: string; readonly why: string }
}

const MEANT = {
  title: 'headline posttitle',
  published:
    'date pubdate publishdate publishedat publisheddate publishedon dateposted datepublished postdate postdategmt created createdat creationdate',
  updated:
    'lastmod lastmodified lastmodifiedat lastupdate lastupdated modified modifiedat modifieddate updatedat updateddate updatedon dateupdated datemodified postmodified',
  id: 'slug postname',
  url: 'canonical canonicalurl canonicallink',
  summary:
    'description desc excerpt customexcerpt postexcerpt abstract teaser lead intro subtitle metadescription',
  authors: 'author by byline creator dc:creator writer writers',
  section: 'category primarycategory',
  tags: 'categories tag keywords label labels topic topics',
  language: 'lang locale',
  image:
    'cover coverimage thumbnail thumb featuredimage featuredimg featureimage feature hero heroimage banner bannerimage headerimage socialimage ogimage picture photo img images',
  attachments: 'attachment enclosure enclosures audio podcast',
  external_url: 'link linkurl externallink',
  via: 'source sourceurl',
  aliases: 'alias redirectfrom redirects oldurls',
  copyright: 'rights',
  license: 'licence licenseurl',
  status: 'poststatus',
}

const REMARKS = {
  categories: ' The most important one may be the `section`.',
  image: ' It has `src` and `alt`.',
  attachments: ' They are a list, each with `src`.',
}

const IS_DRAFT = 'an article that is not to be published has `status: draft`'
const AS_RETRACTED = 'what was published is taken back with `status: retracted`. Take it out.'

const ADVICE: Vocabulary['advice'] = {
  draft: (value) =>
    value === false ? `${IS_DRAFT}, any other needs no word. Take it out.` : adviceOfDraft,
  hidden: () => `${IS_DRAFT}. Write that, or take it out.`,
  unlisted: () => `${IS_DRAFT}. Write that, or take it out.`,
  private: () => `${IS_DRAFT}. Write that, or take it out.`,
  publish: () => `${IS_DRAFT}. Write that, or take it out.`,
  ispublished: () => `${IS_DRAFT}. Write that, or take it out.`,
  visibility: () => `${IS_DRAFT}. Write that, or take it out.`,
  permalink: adviceOfAddress,
  oldurl: adviceOfAddress,
  redirectto: () => 'an article that is read elsewhere has `url`. Write that, or take it out.',
  expirydate: () => AS_RETRACTED,
  unpublishdate: () => AS_RETRACTED,
  taxonomies: () => 'here they are `tags`, a list, and `section`. Write those.',
  math: () => 'it is said for the whole site, in site.yaml. Take it out.',
}

const adviceOfDraft = 'write `status: draft` instead.'

function adviceOfAddress(value: unknown): string {
  const path = typeof value === 'string' && /^\/[^\s:{}]*$/.test(value) ? value : '/old/path/'
  return `write \`aliases: [${path}]\`, and that address leads here.`
}

/** Keys of how a page looks, and where it stands: here, all pages are made alike. */
const OF_PAGES =
  'layout template type kind weight order navorder menu parent series seriesorder toc tocdepth showtoc comments comment disqus sidebar sidebarlabel sidebarposition sidebarsticky pin pinned sticky featured classes cssclass cssclasses bodyclass markup outputs cascade build sitemap robots noindex mermaid katex readingtime readtime showreadingtime hidetitle hidetableofcontents paginationlabel paginationnext paginationprev customediturl eleventyexcludefromcollections eleventynavigation eleventycomputed posttype postformat wordpressid share related searchhidden'

const OF_A_PAGE = 'pages are made alike, and in the order of their dates. Take it out.'

/** Names that other systems have for the keys of an article. */
export const OF_ARTICLES: Vocabulary = {
  meant: MEANT,
  remarks: REMARKS,
  advice: ADVICE,
  needless: { words: OF_PAGES, why: OF_A_PAGE },
}

const FILE_WORDS_OF_OTHERS = 'url href link file filename path uri source image imageurl'

/** Names that other systems have for the keys of an image. */
export const OF_IMAGES: Vocabulary = {
  meant: {
    src: FILE_WORDS_OF_OTHERS,
    alt: 'alternative alttext imagealt description title text label',
    credit: 'caption attribution author photographer copyright creditline by',
  },
  remarks: {
    caption: ' It is shown as the name of who made it; other words belong into the text.',
  },
}

/** Names that other systems have for the keys of an attachment. */
export const OF_ATTACHMENTS: Vocabulary = {
  meant: {
    src: `${FILE_WORDS_OF_OTHERS} enclosure audio audiourl video videourl download`,
    type: 'mimetype mime contenttype mediatype format',
    title: 'name label caption description',
    size: 'length bytes sizeinbytes filesize bytelength contentlength',
    duration: 'durationinseconds seconds itunes:duration itunesduration runtime',
  },
  remarks: {
    size: ' It is in bytes.',
    duration: ' It is in seconds.',
  },
}

const OF_GENERATORS =
  'theme themes themesdir plugins plugin gems markdown kramdown highlighter highlight sass scss exclude include permalinks defaults collections collectionsdir source destination publishdir contentdir datadir layoutdir staticdir outputdir trailingslash vite markup minify minifyoutput build buildfuture builddrafts output outputs outputformats mediatypes taxonomies incremental livereload port host encoding safe future showdrafts module modules imports security server services caches frontmatter compileSass generatefeeds generatefeed feedfilename feedfilenames slugify rss sitemap robots enablerobotstxt disablekinds disqusshortname googleanalytics analytics summarylength extra params paginatepath relativeurls canonifyurls hascjklanguage integrations adapter prefetch'

/** Names that other systems have for the keys of a site. */
export const OF_SITES: Vocabulary = {
  meant: {
    title: 'name sitetitle sitename blogname blogtitle',
    description: 'tagline subtitle slogan blogdescription sitedescription about summary',
    language: 'lang locale languagecode defaultcontentlanguage defaultlanguage defaultlocale',
    timezone: 'tz zone timezonestring',
    home: 'homepage website homepageurl homeurl',
    base: 'baseurl siteurl site root rooturl domain hostname',
    authors: 'author',
    icon: 'favicon siteicon',
    logo: 'sitelogo',
    colours: 'colors color colour themecolor themecolour palette',
    navigation: 'menu menus nav navbar navigationlinks headerpages',
    copyright: 'rights footer',
    license: 'licence licenseurl copyrightlicense',
    feed_length:
      'paginate paginateby pagesize postsperpage postsperfeed feedlimit rsslimit limit pagersize',
    ttl: 'maxage',
    sections: 'categories section',
    tags: 'tag keywords labels',
    feeds: 'feed',
    url: 'permalink permalinkstructure',
    words: 'translations strings i18n',
  },
  remarks: {
    base: ' It has no path: https://news.example.org.',
    author: ' They stand under keys: `authors: { desk: { name: The desk } }`.',
    colours: ' It has `accent`, `background` and `text`.',
    menu: ' It is a list of `title` and `path`.',
    menus: ' It is a list of `title` and `path`.',
    permalink: ' It is written with {id}: https://www.example.org/{year}/{id}.',
  },
  advice: {
    draft: () => 'a draft is said in an article, with `status: draft`. Take it out.',
  },
  needless: {
    words: OF_GENERATORS.toLowerCase(),
    why: 'edgewire renders all sites alike, and needs no word about it. Take it out.',
  },
}

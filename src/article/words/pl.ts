/** edgewire's own words in Polish. */

import type { OwnWords } from './en.ts'

export const pl: OwnWords = {
  skip: 'Przejdź do treści',
  site: 'Serwis',
  more: 'Więcej',
  feeds: 'Kanały',
  all_feeds: 'Wszystkie kanały',
  all_feeds_as_opml: 'Wszystkie kanały jako OPML',
  how_to_use_feeds:
    'Każdy ma swoją stronę i można go subskrybować. [Wszystkie jako OPML], dla czytników, które importują listy.',
  licence: 'Licencja',
  comma: ', ',
  colon: ': ',
  correction: 'Sprostowanie',
  corrected: 'Poprawiono',
  retracted: 'Wycofano',
  retraction: 'Wycofanie',
  withdrawn: 'Ten artykuł został wycofany',
  do_not_rely: 'Ten artykuł został wycofany: nie należy polegać na kopiach jego treści.',
  read_instead: 'Przeczytaj, co go zastępuje',
  files: 'Pliki',
  found_at: 'Znalezione na',
  this_article: 'Ten artykuł',
  subscribe_to_this: 'Subskrybuj ten kanał',
  subscribe: 'Subskrypcja',
  how_to_subscribe:
    'Podaj jeden z tych adresów czytnikowi kanałów, a pokaże on nowe artykuły, gdy tylko się ukażą. Bez konta i bez e-maila.',
  copy: 'Kopiuj adres {format}',
  copied: 'Skopiowano',
  press_to_copy: 'Naciśnij Ctrl+C',
  open_in_reader: 'Otwórz w czytniku',
  save: 'Zapisz dokument',
  nothing_yet: 'Na razie nic tu nie ma. Kto subskrybuje, dowie się o następnym artykule.',
  archive: 'Archiwum',
  to_archive: 'Wszystko według miesięcy: archiwum',
  months: 'Miesiące',
  all_months: 'Wszystkie miesiące',
  by_month: '{articles}, według miesiąca publikacji.',
  articles: {
    one: '{count} artykuł',
    few: '{count} artykuły',
    many: '{count} artykułów',
    other: '{count} artykułu',
  },
  days: 'Liczba artykułów w poszczególnych dniach',
  all_withdrawn: 'To, co tu opublikowano, zostało wycofane.',
  not_found: 'Nie znaleziono',
  nothing_here: 'Nic tu nie ma',
  where_to_look:
    'Być może w adresie jest literówka albo strona nigdy nie została opublikowana. Wszystko, co jest, znajduje się na [stronie głównej].',
  where_to_look_too:
    'Być może w adresie jest literówka albo strona nigdy nie została opublikowana. Wszystko, co jest, znajduje się na [stronie głównej] lub w [archiwum].',
  did_you_mean: 'Czy chodziło o {addresses}?',
  or: ' lub ',
  fault: 'Coś poszło nie tak',
  about_fault:
    'Błąd leży po naszej stronie i został zapisany. Może pomóc ponowna próba za minutę; być może działa już [strona główna].',
  kinds: {
    everything: 'Wszystko',
    sections: 'Działy',
    tags: 'Tagi',
    authors: 'Autorzy',
    languages: 'Języki',
    feeds: 'Kanały',
  },
  purposes: {
    rss: 'Czyta go każdy czytnik kanałów. W razie wątpliwości wybierz ten.',
    atom: 'Te same artykuły dla czytników, które pokazują, co poprawiono, a co wycofano.',
    json: 'Te same artykuły dla programów: jako JSON, dla każdego, kto coś z nich buduje.',
  },
}

/** edgewire's own words in German. */

import type { OwnWords } from './en.ts'

export const de: OwnWords = {
  skip: 'Zum Inhalt springen',
  site: 'Website',
  more: 'Mehr',
  feeds: 'Feeds',
  all_feeds: 'Alle Feeds',
  all_feeds_as_opml: 'Alle Feeds als OPML',
  how_to_use_feeds:
    'Jeder hat eine Seite und lässt sich abonnieren. [Alle als OPML], für Leseprogramme, die Listen einlesen.',
  licence: 'Lizenz',
  comma: ', ',
  colon: ': ',
  correction: 'Korrektur',
  corrected: 'Korrigiert',
  retracted: 'Zurückgezogen',
  retraction: 'Rücknahme',
  withdrawn: 'Dieser Artikel wurde zurückgezogen',
  do_not_rely:
    'Dieser Artikel wurde zurückgezogen: Verlassen Sie sich nicht auf Kopien seines Textes.',
  read_instead: 'Lesen Sie, was an seine Stelle tritt',
  files: 'Dateien',
  found_at: 'Gefunden bei',
  this_article: 'Dieser Artikel',
  subscribe_to_this: 'Diesen Feed abonnieren',
  subscribe: 'Abonnieren',
  how_to_subscribe:
    'Geben Sie eine dieser Adressen in ein Feed-Programm ein, und es zeigt neue Artikel, sobald sie erscheinen. Ohne Konto, ohne E-Mail.',
  copy: 'Adresse von {format} kopieren',
  copied: 'Kopiert',
  press_to_copy: 'Strg+C drücken',
  open_in_reader: 'Im Leseprogramm öffnen',
  save: 'Dokument speichern',
  nothing_yet: 'Im Moment steht hier nichts. Wer abonniert, erfährt vom nächsten Artikel.',
  archive: 'Archiv',
  to_archive: 'Alles nach Monaten: das Archiv',
  months: 'Monate',
  all_months: 'Alle Monate',
  by_month: '{articles}, nach dem Monat ihrer Veröffentlichung.',
  articles: { one: '{count} Artikel', other: '{count} Artikel' },
  days: 'Wie viele Artikel jeder Tag hat',
  all_withdrawn: 'Was hier veröffentlicht war, wurde zurückgezogen.',
  not_found: 'Nicht gefunden',
  nothing_here: 'Hier ist nichts',
  where_to_look:
    'Vielleicht ist die Adresse falsch geschrieben, oder die Seite wurde nie veröffentlicht. Alles, was es gibt, steht auf der [Startseite].',
  where_to_look_too:
    'Vielleicht ist die Adresse falsch geschrieben, oder die Seite wurde nie veröffentlicht. Alles, was es gibt, steht auf der [Startseite] oder im [Archiv].',
  did_you_mean: 'Meinten Sie {addresses}?',
  or: ' oder ',
  fault: 'Etwas ist schiefgegangen',
  about_fault:
    'Der Fehler liegt bei uns und wurde festgehalten. Vielleicht hilft ein neuer Versuch in einer Minute; vielleicht geht die [Startseite].',
  kinds: {
    everything: 'Alles',
    sections: 'Ressorts',
    tags: 'Schlagwörter',
    authors: 'Autorinnen und Autoren',
    languages: 'Sprachen',
    feeds: 'Feeds',
  },
  purposes: {
    rss: 'Jedes Feed-Programm liest es. Im Zweifel nehmen Sie dieses.',
    atom: 'Dieselben Artikel für Programme, die zeigen, was korrigiert und was zurückgezogen wurde.',
    json: 'Dieselben Artikel für Programme: als JSON, für alle, die daraus etwas bauen.',
  },
}

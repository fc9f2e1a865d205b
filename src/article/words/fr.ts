/** edgewire's own words in French. */

import type { OwnWords } from './en.ts'

export const fr: OwnWords = {
  skip: 'Aller au contenu',
  site: 'Site',
  more: 'Plus',
  feeds: 'Flux',
  all_feeds: 'Tous les flux',
  all_feeds_as_opml: 'Tous les flux en OPML',
  how_to_use_feeds:
    'Chacun a une page, et l’on peut s’y abonner. [Tous en OPML], pour les lecteurs qui importent des listes.',
  licence: 'Licence',
  comma: ', ',
  colon: '\u00a0: ',
  correction: 'Correction',
  corrected: 'Corrigé',
  retracted: 'Retiré',
  retraction: 'Retrait',
  withdrawn: 'Cet article a été retiré',
  do_not_rely: 'Cet article a été retiré\u00a0: ne vous fiez pas aux copies de son texte.',
  read_instead: 'Lire ce qui le remplace',
  files: 'Fichiers',
  found_at: 'Trouvé sur',
  this_article: 'Cet article',
  subscribe_to_this: 'S’abonner à ce flux',
  subscribe: 'S’abonner',
  how_to_subscribe:
    'Donnez l’une de ces adresses à un lecteur de flux, et il affiche les nouveaux articles dès leur parution. Sans compte, sans courriel.',
  copy: 'Copier l’adresse de {format}',
  copied: 'Copié',
  press_to_copy: 'Appuyez sur Ctrl+C',
  open_in_reader: 'Ouvrir dans un lecteur',
  save: 'Enregistrer le document',
  nothing_yet:
    'Il n’y a rien ici pour le moment. Les abonnés apprendront la parution du prochain article.',
  archive: 'Archives',
  to_archive: 'Tout, mois par mois\u00a0: les archives',
  months: 'Mois',
  all_months: 'Tous les mois',
  by_month: '{articles}, par mois de publication.',
  articles: { one: '{count} article', many: '{count} d’articles', other: '{count} articles' },
  days: 'Nombre d’articles de chaque jour',
  all_withdrawn: 'Ce qui avait été publié ici a été retiré.',
  not_found: 'Introuvable',
  nothing_here: 'Il n’y a rien ici',
  where_to_look:
    'L’adresse est peut-être mal écrite, ou la page n’a jamais été publiée. Tout ce qui existe se trouve sur la [page d’accueil].',
  where_to_look_too:
    'L’adresse est peut-être mal écrite, ou la page n’a jamais été publiée. Tout ce qui existe se trouve sur la [page d’accueil], ou dans les [archives].',
  did_you_mean: 'Vouliez-vous dire {addresses}\u00a0?',
  or: ' ou ',
  fault: 'Une erreur s’est produite',
  about_fault:
    'L’erreur vient de nous et a été enregistrée. Réessayez dans une minute\u00a0; la [page d’accueil] fonctionne peut-être.',
  kinds: {
    everything: 'Tout',
    sections: 'Rubriques',
    tags: 'Mots-clés',
    authors: 'Auteurs',
    languages: 'Langues',
    feeds: 'Flux',
  },
  purposes: {
    rss: 'Tous les lecteurs de flux le lisent. Dans le doute, prenez celui-ci.',
    atom: 'Les mêmes articles, pour les lecteurs qui montrent ce qui a été corrigé ou retiré.',
    json: 'Les mêmes articles pour les programmes\u00a0: en JSON, pour qui veut en faire quelque chose.',
  },
}

/** edgewire's own words in Spanish. */

import type { OwnWords } from './en.ts'

export const es: OwnWords = {
  skip: 'Ir al contenido',
  site: 'Sitio',
  more: 'Más',
  feeds: 'Canales',
  all_feeds: 'Todos los canales',
  all_feeds_as_opml: 'Todos los canales en OPML',
  how_to_use_feeds:
    'Cada uno tiene una página y admite suscripción. [Todos en OPML], para los lectores que importan listas.',
  licence: 'Licencia',
  comma: ', ',
  colon: ': ',
  correction: 'Corrección',
  corrected: 'Corregido',
  retracted: 'Retirado',
  retraction: 'Retirada',
  withdrawn: 'Este artículo ha sido retirado',
  do_not_rely: 'Este artículo ha sido retirado: no se fíe de las copias de su texto.',
  read_instead: 'Leer lo que lo sustituye',
  files: 'Archivos',
  found_at: 'Visto en',
  this_article: 'Este artículo',
  subscribe_to_this: 'Suscribirse a este canal',
  subscribe: 'Suscribirse',
  how_to_subscribe:
    'Dé una de estas direcciones a un lector de canales, y mostrará los artículos nuevos en cuanto aparezcan. Sin cuenta, sin correo electrónico.',
  copy: 'Copiar la dirección de {format}',
  copied: 'Copiado',
  press_to_copy: 'Pulse Ctrl+C',
  open_in_reader: 'Abrir en un lector',
  save: 'Guardar el documento',
  nothing_yet: 'De momento no hay nada aquí. Quien se suscriba sabrá del próximo artículo.',
  archive: 'Archivo',
  to_archive: 'Todo, mes a mes: el archivo',
  months: 'Meses',
  all_months: 'Todos los meses',
  by_month: '{articles}, por mes de publicación.',
  articles: { one: '{count} artículo', many: '{count} de artículos', other: '{count} artículos' },
  days: 'Cuántos artículos tiene cada día',
  all_withdrawn: 'Lo que se publicó aquí ha sido retirado.',
  not_found: 'No encontrado',
  nothing_here: 'Aquí no hay nada',
  where_to_look:
    'Puede que la dirección esté mal escrita o que la página no se haya publicado nunca. Todo lo que hay está en la [portada].',
  where_to_look_too:
    'Puede que la dirección esté mal escrita o que la página no se haya publicado nunca. Todo lo que hay está en la [portada] o en el [archivo].',
  did_you_mean: '¿Quería decir {addresses}?',
  or: ' o ',
  fault: 'Algo ha fallado',
  about_fault:
    'El fallo es nuestro y ha quedado registrado. Quizá sirva volver a intentarlo en un minuto; puede que la [portada] funcione ya.',
  kinds: {
    everything: 'Todo',
    sections: 'Secciones',
    tags: 'Etiquetas',
    authors: 'Autores',
    languages: 'Idiomas',
    feeds: 'Canales',
  },
  purposes: {
    rss: 'Lo leen todos los lectores de canales. En caso de duda, elija este.',
    atom: 'Los mismos artículos, para lectores que muestran qué se corrigió y qué se retiró.',
    json: 'Los mismos artículos para programas: en JSON, para quien quiera construir algo con ellos.',
  },
}

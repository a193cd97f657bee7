// Listens to the preview server: loads the page again when it is another, puts new style sheets in
// place, and shows the mistakes of the content.
(() => {
  'use strict';
  const script = document.currentScript;
  const own = JSON.parse(script.dataset.files);
  const server = new URL('.', script.src);
  const site = new URL('..', script.src);
  let { version } = script.dataset;

  // Kept over a load of the page, unless the browser forbids it.
  const keep = (key, value) => { try { sessionStorage['linli-' + key] = value; } catch (e) { } };
  const kept = (key) => { try { return sessionStorage['linli-' + key]; } catch (e) { } };

  const here = location.pathname + location.search;
  let leaving = false;
  const reload = () => {
    if (leaving) return;
    leaving = true;
    keep('scroll', JSON.stringify([here, scrollX, scrollY]));
    // A browser has few connections for a host, and the page needs one.
    if (source) source.close();
    location.reload();
  };

  const [where, left, top] = JSON.parse(kept('scroll') || '[]');
  keep('scroll', '');
  if (where === here) {
    const back = () => scrollTo({ left, top, behavior: 'instant' });
    back();
    // Images may have made the page longer.
    if (document.readyState !== 'complete') addEventListener('load', back, { once: true });
  }

  // The file that an address leads to, if it is one of the site.
  const fileOf = (address) => {
    try {
      const { origin, pathname } = new URL(address);
      return origin === site.origin && pathname.startsWith(site.pathname)
        && decodeURIComponent(pathname.slice(site.pathname.length));
    } catch (e) { }
  };

  // What the page has loaded: what it names, and what its style sheets do.
  performance.setResourceTimingBufferSize(5000);
  const used = () => new Set([
    ...performance.getEntriesByType('resource').filter((it) => it.initiatorType !== 'iframe')
      .map((it) => it.name),
    ...[...document.querySelectorAll('img, script, source, video, audio, embed, link')]
      .map((it) => it.currentSrc || it.src || it.href),
  ].map(fileOf));

  // By style sheet, the one that is on its way to take its place.
  const coming = new Map();
  const restyle = (link) => {
    if (coming.has(link)) coming.get(link).remove();
    const next = link.cloneNode();
    const url = new URL(link.href);
    url.searchParams.set('v', version);
    next.href = url;
    coming.set(link, next);
    // The old one goes when the other is there, so that the page is never without.
    next.onload = next.onerror = () => {
      coming.delete(link);
      link.remove();
    };
    link.after(next);
  };

  const change = (files) => {
    if (!files || files.some((it) => own.includes(it))) return reload();
    const waiting = [...coming.values()];
    const links = [...document.querySelectorAll('link[rel~=stylesheet][href]')]
      .filter((it) => !waiting.includes(it));
    const linked = links.map((it) => fileOf(it.href));
    const loaded = used();
    if (files.some((it) => loaded.has(it) && !linked.includes(it))) return reload();
    links.filter((it, i) => files.includes(linked[i])).forEach(restyle);
  };

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const quote = ({ quote, line, column = 1, end_line, end_column, quote_column = 1 }) => {
    const letters = Array.from(quote);
    const from = Math.max(0, column - quote_column);
    const to = end_line > line ? letters.length : from + Math.max(1, end_column - column || 1);
    const part = (...ends) => letters.slice(...ends).join('');
    return make('pre', {}, part(0, from), make('mark', {}, part(from, to) || ' '), part(to));
  };

  const mistake = (it) => make('li', { className: it.severity },
    make('p', { className: 'place' }, [it.file, it.line, it.column].filter(Boolean).join(':')),
    it.quote ? quote(it) : '',
    make('p', { className: 'message' }, it.message),
    it.help ? make('p', {}, it.help) : '');

  let overlay;
  let close = () => {};
  const show = ({ errors, version, words }) => {
    if (overlay) overlay.remove();
    if (!errors.length || kept('closed') === version) return;
    close = () => {
      keep('closed', version);
      overlay.remove();
    };
    const panel = make('section', { lang: words.language },
      make('h2', { id: 'title' }, words.title),
      make('button', { type: 'button', title: words.close, onclick: () => close() }, '×'),
      make('ol', { tabIndex: 0 }, ...errors.map(mistake)));
    panel.setAttribute('role', 'alertdialog');
    panel.setAttribute('aria-live', 'assertive');
    panel.setAttribute('aria-labelledby', 'title');
    panel.children[1].setAttribute('aria-label', words.close);
    overlay = make('linli-mistakes');
    const style = make('link', { rel: 'stylesheet', href: new URL('live.css', server) });
    overlay.attachShadow({ mode: 'open' }).append(style, panel);
    document.documentElement.append(overlay);
  };
  addEventListener('keydown', (event) => event.key === 'Escape' && close());

  // Browsers allow few connections to one server: only pages that are seen listen. The others
  // catch up when they are seen again.
  let source;
  const listen = () => {
    if (source) source.close();
    if (document.hidden || leaving) return;
    const events = source = new EventSource(new URL('events?version=' + version, server));
    events.onmessage = ({ data, lastEventId }) => {
      version = lastEventId;
      const news = JSON.parse(data);
      if ('changed' in news) change(news.changed);
      else show(news);
    };
    events.onerror = () => {
      if (events === source && events.readyState === 2) setTimeout(listen, 2000);
    };
  };
  document.addEventListener('visibilitychange', listen);
  addEventListener('pageshow', (event) => event.persisted && listen());
  addEventListener('pagehide', () => source && source.close());
  listen();
})();

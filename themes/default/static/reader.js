// How a reader wants pages: in large print, read aloud, with texts that are copied by a button, printed with the day. It runs before the
// page is drawn, so that nothing jumps. Nothing here is needed to read a page.
(() => {
  'use strict';
  const root = document.documentElement;
  // A browser may refuse to keep anything.
  const keep = (value) => {
    try {
      return value === undefined ? localStorage.elder : localStorage.elder = value;
    } catch {
      return '';
    }
  };

  // ---- Large print

  const show = (isOn) => root.classList.toggle('elder', isOn);
  show(keep() === '1');

  // ---- Read aloud

  // The voice that reads the language of the page best: one that needs no network.
  const voice = () => {
    const all = speechSynthesis.getVoices().filter((it) => it.lang.slice(0, 2) === root.lang.slice(0, 2));
    return all.find((it) => it.localService) || all[0];
  };

  const aloud = (article) => {
    const button = document.createElement('button');
    const name = (isOn) => {
      button.textContent = isOn ? article.dataset.quiet : article.dataset.aloud;
      button.setAttribute('aria-pressed', isOn);
    };
    const end = () => {
      speechSynthesis.cancel();
      name(false);
    };
    button.type = 'button';
    button.className = 'aloud';
    name(false);
    button.addEventListener('click', () => {
      const isOn = button.getAttribute('aria-pressed') === 'true';
      end();
      if (isOn) return;
      // Long texts are cut off by some browsers, so each paragraph is spoken by itself.
      const parts = article.querySelectorAll('h1, .when, .prose :is(h2, h3, p, li, tr)');
      const texts = [...parts].filter((it) => !it.parentElement.closest('li')).map((it) => it.innerText);
      texts.forEach((text, index) => {
        const words = new SpeechSynthesisUtterance(text);
        words.voice = voice();
        words.lang = words.voice.lang;
        words.rate = .9;
        if (index === texts.length - 1) words.onend = () => name(false);
        speechSynthesis.speak(words);
      });
      name(true);
    });
    article.querySelector('header').append(button);
    addEventListener('pagehide', end);
  };

  document.addEventListener('DOMContentLoaded', () => {
    const box = document.getElementById('elder');
    if (box) {
      box.checked = root.classList.contains('elder');
      box.addEventListener('change', () => {
        show(box.checked);
        keep(box.checked ? '1' : '');
      });
    }
    const article = document.querySelector('[data-aloud]');
    if (article && 'speechSynthesis' in window) {
      const offer = () => {
        if (voice() && !article.querySelector('.aloud')) aloud(article);
      };
      offer();
      // Voices may come later than the page.
      speechSynthesis.addEventListener?.('voiceschanged', offer);
    }
  });

  // ---- Texts to paste

  document.addEventListener('toggle', ({ target: box }) => {
    if (!box.dataset.copy || !navigator.clipboard || box.querySelector('button')) return;
    for (const text of box.querySelectorAll('dd')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = box.dataset.copy;
      button.addEventListener('click', () => navigator.clipboard.writeText(text.textContent)
        .then(() => { button.textContent = box.dataset.copied; }, () => {}));
      text.previousElementSibling.append(button);
    }
  }, true);

  // ---- The day of printing

  addEventListener('beforeprint', () => {
    const day = document.querySelector('.imprint time');
    if (day) day.textContent = new Date().toLocaleDateString(root.lang, { dateStyle: 'long' });
  });
})();

/**
 * How the search box looks. Every colour and measure is a custom property that a page can set,
 * `--wenxun-…`; a name with `--_` is the one used here, with its default for light and for dark.
 */

const light = /* css */ `
  color-scheme: light;
  --_background: var(--wenxun-background, #fff);
  --_surface: var(--wenxun-surface, #f4f5f7);
  --_text: var(--wenxun-text, #1b1d21);
  --_muted: var(--wenxun-muted, #5b626d);
  --_line: var(--wenxun-line, #dfe2e7);
  --_accent: var(--wenxun-accent, #2456c9);
  --_on-accent: var(--wenxun-on-accent, #fff);
  --_selected: var(--wenxun-selected, #ebf1fe);
  --_mark: var(--wenxun-mark, #ffe28a);
  --_mark-text: var(--wenxun-mark-text, #1b1d21);
  --_error: var(--wenxun-error, #b3261e);
  --_shadow: var(--wenxun-shadow, 0 1.5rem 4rem rgb(15 20 30 / 28%));
  --_backdrop: var(--wenxun-backdrop, rgb(20 24 32 / 45%));
`

const dark = /* css */ `
  color-scheme: dark;
  --_background: var(--wenxun-background, #1b1d22);
  --_surface: var(--wenxun-surface, #272a31);
  --_text: var(--wenxun-text, #e7e9ed);
  --_muted: var(--wenxun-muted, #a3aab6);
  --_line: var(--wenxun-line, #3a3e47);
  --_accent: var(--wenxun-accent, #8fb4ff);
  --_on-accent: var(--wenxun-on-accent, #10151f);
  --_selected: var(--wenxun-selected, #28344d);
  --_mark: var(--wenxun-mark, #66520a);
  --_mark-text: var(--wenxun-mark-text, #ffedb3);
  --_error: var(--wenxun-error, #ff9d94);
  --_shadow: var(--wenxun-shadow, 0 1.5rem 4rem rgb(0 0 0 / 60%));
  --_backdrop: var(--wenxun-backdrop, rgb(0 0 0 / 60%));
`

export const styles: string = /* css */ `
  :host {
    display: block;
    ${light}
    --_space: var(--wenxun-space, 0.5rem);
    --_radius: var(--wenxun-radius, 0.625rem);
    --_size: var(--wenxun-font-size, 1rem);
    --_width: var(--wenxun-width, 44rem);
    --_height: var(--wenxun-height, 42rem);
    font-size: var(--_size);
    line-height: 1.6;
    text-align: start;
  }
  :host([mode='dialog']) {
    display: inline-block;
  }
  :host([hidden]) {
    display: none;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      ${dark}
    }
  }
  :host([theme='dark']) {
    ${dark}
  }

  * {
    box-sizing: border-box;
  }
  button,
  input {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    cursor: pointer;
    touch-action: manipulation;
  }
  svg {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  kbd {
    flex: none;
    padding: 0 0.45em;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.5);
    background: var(--_background);
    color: var(--_muted);
    font: inherit;
    font-size: 0.75em;
    line-height: 1.7;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .trigger {
    display: flex;
    align-items: center;
    gap: var(--_space);
    width: 100%;
    min-width: min(14em, 100%);
    min-height: 2.5em;
    padding: 0 var(--_space) 0 calc(var(--_space) * 1.25);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_muted);
    text-align: start;
  }
  .trigger:hover {
    border-color: var(--_muted);
  }
  .trigger span {
    flex: 1;
  }

  dialog {
    width: min(var(--_width), 100vw - 2rem);
    max-width: none;
    height: fit-content;
    max-height: min(var(--_height), 100vh - 12vh - 1rem);
    margin: 12vh auto auto;
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.4);
    background: var(--_background);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: appear 0.14s ease-out;
  }
  dialog::backdrop {
    /* An older browser gives a backdrop none of its host's properties. */
    background: var(--_backdrop, rgb(20 24 32 / 45%));
    animation: fade 0.14s ease-out;
  }

  .box {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_space);
    min-height: 2.875em;
    padding: 0 var(--_space) 0 calc(var(--_space) * 1.5);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
    color: var(--_text);
  }
  .box > svg {
    color: var(--_muted);
  }
  .box:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  .box:focus-within kbd.slash {
    display: none;
  }
  dialog .box {
    min-height: 3.5em;
    border-width: 0 0 1px;
    border-radius: 0;
  }
  dialog .box:focus-within {
    border-color: var(--_line);
    box-shadow: none;
  }
  .box input {
    flex: 1;
    min-width: 0;
    padding: 0.6em 0;
    border: 0;
    outline: 0;
    background: none;
    appearance: none;
    /* Smaller text makes phones zoom in on focus. */
    font-size: max(1em, 16px);
  }
  input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .icon {
    display: grid;
    flex: none;
    place-items: center;
    min-width: 2.25em;
    height: 2.25em;
    padding: 0 0.25em;
    border: 0;
    border-radius: calc(var(--_radius) * 0.7);
    background: none;
    color: var(--_muted);
  }
  .thumb {
    display: none;
  }
  .icon:hover {
    background: var(--_surface);
    color: var(--_text);
  }

  .panel {
    position: relative;
    color: var(--_text);
  }
  .panel:not(:empty) {
    padding: calc(var(--_space) * 1.25) calc(var(--_space) * 1.5) calc(var(--_space) * 1.5);
  }
  /* A surface of its own: the page may stay light where the system is dark. */
  .inline .panel:not(:empty) {
    margin-top: var(--_space);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
  }
  dialog .panel {
    flex: 1;
    min-height: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scroll-padding: calc(var(--_space) * 1.5);
  }

  .progress {
    position: relative;
    flex: none;
    height: 2px;
    margin-top: -2px;
    overflow: hidden;
    visibility: hidden;
  }
  /* A quick answer shows no bar at all. */
  .busy .progress {
    visibility: visible;
    animation: fade 0.2s 0.2s backwards;
  }
  .progress::before {
    content: '';
    position: absolute;
    inset: 0 60% 0 0;
    border-radius: 1px;
    background: var(--_accent);
    animation: slide 1.1s infinite ease-in-out;
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 calc(var(--_space) * 1.5);
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .bar > :first-child {
    flex: 1;
  }
  .link {
    padding: 0.15em 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }
  .suggestions {
    margin: calc(var(--_space) * 0.5) 0 0;
    font-size: 0.9375em;
  }
  .suggestions button {
    margin-inline-start: var(--_space);
    font-weight: 600;
  }

  .group {
    margin-top: var(--_space);
  }
  .group + .group {
    padding-top: var(--_space);
    border-top: 1px solid var(--_line);
  }
  .hit {
    display: block;
    position: relative;
    padding: calc(var(--_space) * 0.9) calc(var(--_space) * 1.25);
    border-radius: calc(var(--_radius) * 0.8);
    color: inherit;
    text-decoration: none;
    overflow-wrap: anywhere;
    outline-offset: -2px;
    scroll-margin: var(--_space);
  }
  .hit[href]:hover {
    background: var(--_surface);
  }
  .hit[aria-selected='true'] {
    background: var(--_selected);
  }
  .hit[aria-selected='true']::before {
    content: '';
    position: absolute;
    inset: calc(var(--_space) * 0.9) auto calc(var(--_space) * 0.9) 0;
    width: 3px;
    border-radius: 2px;
    background: var(--_accent);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 calc(var(--_space) * 1.5);
  }
  .title,
  .path {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .title {
    font-weight: 600;
  }
  .hit[href] .title {
    color: var(--_accent);
  }
  .hit[href]:hover .title {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .date,
  .path {
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .date {
    font-variant-numeric: tabular-nums;
  }
  .path i {
    margin: 0 0.4em;
    font-style: normal;
    opacity: 0.6;
  }
  .snippet {
    display: block;
    font-size: 0.9375em;
  }
  mark {
    padding: 0.05em 0.1em;
    border-radius: 0.2em;
    background: var(--_mark);
    color: var(--_mark-text);
  }

  .note {
    padding: calc(var(--_space) * 3) var(--_space);
    color: var(--_muted);
    text-align: center;
  }
  .note p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .note strong {
    display: block;
    margin-bottom: calc(var(--_space) * 0.5);
    color: var(--_text);
    font-weight: 600;
  }
  .note.failed strong {
    color: var(--_error);
  }
  .note.late {
    animation: fade 0.2s 0.3s backwards;
  }
  .more {
    display: block;
    width: 100%;
    margin-top: var(--_space);
    padding: 0.5em 1em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
    color: var(--_text);
  }
  .note .more {
    width: auto;
    margin: calc(var(--_space) * 1.5) auto 0;
  }
  .more:hover {
    background: var(--_surface);
  }
  .more[aria-disabled='true'] {
    color: var(--_muted);
    cursor: default;
  }

  .foot {
    display: flex;
    flex: none;
    gap: calc(var(--_space) * 2);
    padding: var(--_space) calc(var(--_space) * 1.5);
    border-top: 1px solid var(--_line);
    background: var(--_surface);
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .foot kbd {
    margin-inline-end: 0.35em;
    font-size: 0.9em;
  }

  @media (max-width: 40rem) {
    dialog {
      width: 100vw;
      height: 100vh;
      height: 100dvh;
      max-height: none;
      margin: 0;
      border: 0;
      border-radius: 0;
    }
    .foot {
      display: none;
    }
    .inline .panel:not(:empty) {
      padding-inline: var(--_space);
    }
    .inline .hit {
      padding-inline: var(--_space);
    }
  }
  @media (hover: none) {
    kbd,
    .foot {
      display: none;
    }
    .thumb {
      display: inline;
    }
  }
  @media (forced-colors: active) {
    .hit[aria-selected='true'] {
      outline: 2px solid Highlight;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::backdrop {
      animation: none !important;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(-0.5rem);
    }
  }
  @keyframes fade {
    from {
      opacity: 0;
    }
  }
  @keyframes slide {
    from {
      transform: translateX(-100%);
    }
    to {
      transform: translateX(250%);
    }
  }
`

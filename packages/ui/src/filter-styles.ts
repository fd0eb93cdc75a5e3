/** How filters look; beside styles.ts, with its properties. */

export const filterStyles: string = /* css */ `
  .facets {
    display: grid;
    grid-template-columns: fit-content(30%) 1fr;
    gap: var(--_space) calc(var(--_space) * 1.25);
    margin-top: var(--_space);
    font-size: 0.8125em;
  }
  .facet {
    display: contents;
  }
  .facet > span {
    padding: 0.3em 0;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .values {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 0.75);
    min-width: 0;
  }
  .value {
    max-width: 100%;
    padding: 0.25em 0.75em;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: 2em;
    background: var(--_background);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .value:hover {
    border-color: var(--_muted);
  }
  .value[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .count {
    margin-inline-start: 0.35em;
    opacity: 0.72;
    font-variant-numeric: tabular-nums;
  }

  @media (max-width: 40rem) {
    .facet > span,
    .value {
      padding-block: 0.45em;
    }
    .values {
      flex-wrap: nowrap;
      overflow-x: auto;
      overscroll-behavior-x: contain;
      scrollbar-width: none;
    }
    .value,
    .values .link {
      flex: none;
    }
  }
  @media (forced-colors: active) {
    .value[aria-pressed='true'] {
      background: Highlight;
      color: HighlightText;
    }
  }
`

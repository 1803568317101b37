import { css } from 'lit'

/** How nodes and links are inked, in the drawing and where its forms are explained. */
export const meshInk = css`
  .link {
    stroke: var(--ink);
    stroke-width: 1.5;
  }
  .link.flow {
    stroke-width: 5;
  }
  .node {
    fill: var(--paper);
    stroke: var(--ink);
    stroke-width: 1.5;
  }
  .node.neighbour {
    fill: var(--ink);
  }
  .node.late {
    stroke-dasharray: 2.6 2.6;
  }
  .node.lost {
    stroke: var(--soft);
    stroke-dasharray: 1.5 3;
  }
  .self {
    fill: var(--decentralised-web-surface);
  }
  .ring {
    fill: none;
    stroke: var(--decentralised-web-surface);
    stroke-width: 1.5;
  }
  .reach {
    fill: none;
    stroke: var(--soft);
    stroke-width: 1.5;
    stroke-dasharray: 1.5 5;
    stroke-linecap: round;
  }
  @media (forced-colors: active) {
    .link,
    .node,
    .reach {
      stroke: CanvasText;
    }
    .node.neighbour {
      fill: CanvasText;
    }
    .self {
      fill: Highlight;
    }
    .ring {
      stroke: Highlight;
    }
  }
`

// Where an arrow key leads in a grid that is broken into groups. Pure: positions are passed in.

export interface Spot {
  left: number;
  top: number;
}

/** Index of the tile that `key` leads to from `from`; none where there is nothing in that direction. */
export function nextSpot(spots: Spot[], from: number, key: string): number | undefined {
  const here = spots[from];
  if (!here) return undefined;
  switch (key) {
    case "ArrowRight":
      return from + 1 < spots.length ? from + 1 : undefined;
    case "ArrowLeft":
      return from > 0 ? from - 1 : undefined;
    case "Home":
      return 0;
    case "End":
      return spots.length - 1;
    case "ArrowDown":
      return nearest(spots, here, (spot) => spot.top - here.top);
    case "ArrowUp":
      return nearest(spots, here, (spot) => here.top - spot.top);
    default:
      return undefined;
  }
}

/** The closest row in a direction, and in it the closest column. */
function nearest(spots: Spot[], here: Spot, ahead: (spot: Spot) => number): number | undefined {
  let best: number | undefined;
  let bestDistance: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  spots.forEach((spot, index) => {
    const distance: [number, number] = [ahead(spot), Math.abs(spot.left - here.left)];
    if (distance[0] <= 0) return;
    const closer = distance[0] - bestDistance[0] || distance[1] - bestDistance[1];
    if (best === undefined || closer < 0) {
      best = index;
      bestDistance = distance;
    }
  });
  return best;
}

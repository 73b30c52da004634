/** Where a season plays. */
export type Market = {
  readonly city: string;
  readonly region: string;
  readonly country: 'US' | 'CA';
  readonly timezone: string;
  readonly point: readonly [number, number];
  /** A house that nobody built. */
  readonly venue: string;
  readonly street: string;
  readonly places: number;
  /** How much of the house comes, before chance. */
  readonly fill: number;
  /** Of a place, in the currency's minor units. */
  readonly price: number;
};

const row = (
  [city, region, timezone]: readonly [string, string, string],
  point: readonly [number, number],
  [venue, street]: readonly [string, string],
  [places, fill, price]: readonly [number, number, number],
): Market => ({
  ...{ city, region, timezone, point, venue, street, places, fill, price },
  country: timezone === 'America/Toronto' || timezone === 'America/Vancouver' ? 'CA' : 'US',
});

const [east, central, mountain, west] = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
];

/**
 * Twenty markets in the order in which the film reaches them. Cities, zones and points are theirs; the houses are made
 * up. The eighth and the eighteenth play yesterday, so they lie in the east: over by midnight in the film's zone.
 */
export const markets: readonly Market[] = [
  row(
    ['New York', 'NY', east],
    [40.7291, -73.9965],
    ['Lantern Street Cinema', '18 Lantern Street'],
    [240, 0.94, 1800],
  ),
  row(
    ['Los Angeles', 'CA', west],
    [34.0928, -118.3287],
    ['The Orpheus', '6100 Alder Boulevard'],
    [280, 0.71, 1700],
  ),
  row(
    ['Chicago', 'IL', central],
    [41.9103, -87.6776],
    ['Wicker Hall', '1440 North Mill Avenue'],
    [190, 0.82, 1500],
  ),
  row(
    ['Seattle', 'WA', west],
    [47.6145, -122.3193],
    ['Rainlight Forum', '512 East Juniper Street'],
    [120, 0.9, 1500],
  ),
  row(
    ['San Francisco', 'CA', west],
    [37.7625, -122.4347],
    ['The Castaway', '429 Foghorn Street'],
    [210, 0.76, 1700],
  ),
  row(
    ['Boston', 'MA', east],
    [42.3601, -71.0942],
    ['Harbourlight Arthouse', '77 Beacon Wharf'],
    [160, 0.69, 1600],
  ),
  row(
    ['Philadelphia', 'PA', east],
    [39.9496, -75.1503],
    ['Bellwether Theatre', '220 Vine Court'],
    [150, 0.63, 1400],
  ),
  row(
    ['Washington', 'DC', east],
    [38.9172, -77.0319],
    ['Cardinal Screening Room', '1901 U Street Yard'],
    [110, 0.86, 1500],
  ),
  row(
    ['Toronto', 'ON', 'America/Toronto'],
    [43.6532, -79.4103],
    ['Rosedale Picture House', '88 Ossington Lane'],
    [200, 0.66, 1700],
  ),
  row(
    ['Detroit', 'MI', east],
    [42.3467, -83.0601],
    ['Assembly Line Cinema', '3700 Cass Yard'],
    [140, 0.88, 1200],
  ),
  row(['Atlanta', 'GA', east], [33.7726, -84.3656], ['Peachlight', '640 Ponce Terrace'], [150, 0.57, 1400]),
  row(
    ['Minneapolis', 'MN', central],
    [44.9727, -93.2354],
    ['Northern Lights Co-op', '15 Cedar Square'],
    [96, 0.81, 1300],
  ),
  row(
    ['Austin', 'TX', central],
    [30.2652, -97.7356],
    ['Bluebonnet Screen', '301 Congress Alley'],
    [130, 0.74, 1400],
  ),
  row(
    ['Denver', 'CO', mountain],
    [39.7508, -104.9997],
    ['Mile Marker', '2510 Platte Street'],
    [110, 0.49, 1300],
  ),
  row(
    ['Portland', 'OR', west],
    [45.5229, -122.6543],
    ['Hollow Oak Theater', '1122 Belmont Row'],
    [100, 0.85, 1300],
  ),
  row(
    ['New Orleans', 'LA', central],
    [29.9632, -90.0515],
    ['The Levee', '900 Frenchmen Court'],
    [84, 0.61, 1200],
  ),
  row(
    ['Phoenix', 'AZ', 'America/Phoenix'],
    [33.4569, -112.0712],
    ['Saguaro Screens', '140 Roosevelt Row'],
    [120, 0.38, 1200],
  ),
  row(
    ['Pittsburgh', 'PA', east],
    [40.4655, -79.9497],
    ['Three Rivers Film Room', '4100 Butler Mews'],
    [90, 0.72, 1200],
  ),
  row(
    ['Vancouver', 'BC', 'America/Vancouver'],
    [49.2606, -123.1008],
    ['Cedar & Main', '2400 Main Street'],
    [130, 0.58, 1600],
  ),
  row(
    ['Honolulu', 'HI', 'Pacific/Honolulu'],
    [21.3002, -157.8581],
    ['Doris Hall', '900 Palm Walk'],
    [80, 0.53, 1400],
  ),
];

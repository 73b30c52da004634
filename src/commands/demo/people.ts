import type { Dice } from './dice.ts';

/** Somebody who never was. Their address leads nowhere: example.org is set aside for examples (RFC 2606). */
export type Person = { readonly name: string; readonly address: string; readonly language: 'en' | 'es' };

const first =
  `Aaliyah Abdul Adaeze Ahmed Aiko Alejandra Amara Amir Ana Anjali Arturo Ayesha Beatriz Bilal Bridget Camila
  Carlos Chidi Chloe Dalia Daniel Darnell Deepa Diego Ebony Elena Elias Emeka Esther Fatima Farid Fiona Gabriela George
  Grace Hana Hannah Hassan Hiroshi Ibrahim Imani Inés Isaac Ivy Jamal Jasmine Javier Jia Joaquín Joyce Juanita Kai Kavya
  Keisha Kenji Kofi Lakshmi Lamar Layla Leilani Leo Linh Lucía Luis Malik Mara Marcus Marisol Mei Miguel Mina Nadia Naomi
  Nasir Nia Noor Olivia Omar Oscar Paloma Patrick Priya Quinn Rachel Rafael Rana Ravi Rosa Ruth Salma Samuel Santiago
  Shanice Sofia Soo-jin Tariq Teresa Thandiwe Tomás Uma Valeria Viet Wanjiru Xochitl Yara Yusuf Zainab Zoë`.split(
    /\s+/,
  );
const last =
  `Abara Adeyemi Aguilar Ahmad Alvarez Amoah Baptiste Begay Bello Benítez Bhatt Blackwood Bui Cabrera Campbell
  Castillo Chaudhry Chen Cho Cohen Contreras Cruz Dang Delgado Desai Diallo Dominguez Eze Farah Fernández Fitzgerald
  Flores Foster Garza Ghosh Gonzales Greene Gupta Gutierrez Haddad Hernandez Hill Ho Hoang Hussain Ibarra Ito Jackson
  Jiménez Johnson Joseph Kaplan Kaur Keahi Khalil Khan Kim Kowalski Kuznetsova Lee Levy Lopez Mahmoud Mbeki McBride Medina
  Mehta Mendoza Morales Murphy Nakamura Navarro Nguyen Nwosu Okafor Okonkwo Ortega Osei Park Patel Pereira Pham Quispe
  Rahman Ramírez Reddy Reyes Rivera Robinson Rojas Sanchez Santos Sato Shah Silva Singh Soto Suárez Tanaka Tesfaye Torres
  Tran Vargas Vega Washington Whitehorse Williams Wong Yamamoto Yazzie Young Zamora Zhang`.split(/\s+/);

/** Groups that come together, and are sent an invoice. */
const groups = [
  'Riverside Public Library',
  'Hillcrest Teachers’ Association',
  'Eastside Tenants Union',
  'Lincoln High School Film Club',
  'Harbor Workers’ Centre',
  'Sisters of Mercy Outreach',
  'Northgate Senior Center',
  'State College Labor Studies',
  'Mutual Aid Kitchen',
  'Neighborhood Legal Clinic',
];

/** The same person for the same number. */
export function personOf(dice: Dice, number: number): Person {
  const own = dice.of(`person ${number}`);
  const name = `${own.pick(first)} ${own.pick(last)}`;
  // The number keeps two people of one name apart.
  const address = `${plain(name)}.${number}@example.org`;
  return { name, address, language: own.chance(0.11) ? 'es' : 'en' };
}

export function groupOf(dice: Dice, number: number): Person {
  const name = dice.of(`group ${number}`).pick(groups);
  return { name, address: `office.${plain(name)}.${number}@example.org`, language: 'en' };
}

function plain(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z ]/g, '');
  return letters.trim().replace(/ +/g, '.').slice(0, 48);
}

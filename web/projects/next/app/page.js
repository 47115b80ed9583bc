// A server component: importing the package on the server is fine, since nothing runs before it is used.
import { version } from 'beckon';
import { Phone } from './phone';

// The page's address says who it is: ?account=ada&relay=http://127.0.0.1:8080, and with &worker or &tabs where the work is done.
export default async function Page({ searchParams }) {
  const { account = 'ada', relay, worker, tabs } = await searchParams;
  return (
    <main>
      <p id="version">beckon {version}</p>
      <Phone account={account} relay={relay} worker={worker !== undefined} tabs={tabs === undefined ? 'own' : 'shared'} />
    </main>
  );
}

/** The main half alone, as it runs from the sources. */
import { main } from '../main.ts'

await main()

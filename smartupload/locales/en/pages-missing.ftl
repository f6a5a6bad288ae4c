### What an address shows that leads nowhere.

missing-heading = There is no such page
missing-sub = Check the address, or start again from the first page. Running uploads are not affected.
missing-home = Go to the first page

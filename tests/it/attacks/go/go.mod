module attackers

go 1.24

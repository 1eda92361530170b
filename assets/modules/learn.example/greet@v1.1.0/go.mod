module learn.example/greet

go 1.24

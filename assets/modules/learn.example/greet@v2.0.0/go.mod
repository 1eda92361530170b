module learn.example/greet/v2

go 1.24

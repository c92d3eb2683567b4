"""How the guide is run for the public: the image, the servers, the web server in front."""

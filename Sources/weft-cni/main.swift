print("weft-cni")

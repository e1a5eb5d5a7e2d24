extension CIDR {
    package func contains(_ other: IPAddress) -> Bool {
        family == other.family && (address.bits ^ other.bits) & ~hostMask == 0
    }

    /// Whether every address of another network is one of this network.
    package func contains(_ other: CIDR) -> Bool {
        prefixLength <= other.prefixLength && contains(other.address)
    }

    /// Whether some address is of both networks; of two such networks one contains the other.
    package func overlaps(_ other: CIDR) -> Bool {
        contains(other) || other.contains(self)
    }
}

import Glibc

extension Double {
    /// The logarithm to the base ten of a number above zero.
    package var decimalLogarithm: Double { Glibc.log10(self) }

    /// Ten to the power of the exponent.
    package static func power(ofTen exponent: Double) -> Double { Glibc.pow(10, exponent) }
}

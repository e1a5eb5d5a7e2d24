import FuzzSupport

@testable import Proxy

/// Reads fields below the two lines that every configuration begins with.
func load(_ fields: String) throws(ConfigurationError) -> LoadedConfiguration {
    try ProxyConfiguration.read((header + fields).utf8.span, name: "config.conf")
}

func read(_ fields: String) throws(ConfigurationError) -> ProxyConfiguration {
    try load(fields).configuration
}

let header = ConfigurationTexts.header

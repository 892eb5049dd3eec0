/**
 * The whole way on the sandbox's pizza chain, by the same verbs that a user runs. The only package
 * that knows the sandbox.
 */
package dev.larder.pipelines.demo;
